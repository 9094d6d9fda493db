using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Triage.Model;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

public sealed class ModelOptionsTests
{
    [Fact]
    public void Without_settings_there_is_no_model()
    {
        var options = Read();

        Assert.False(options.Enabled);
        Assert.Equal("no model", options.ToString());
        Assert.Throws<ArgumentException>(() => ChatClientFactory.Create(options, TimeProvider.System));
    }

    [Fact]
    public void Key_alone_means_Gemini()
    {
        var options = Read(("Gemini:ApiKey", "abc"));

        Assert.True(options.Enabled);
        Assert.Equal(ModelProtocol.Gemini, options.Protocol);
        Assert.Equal(new Uri("https://generativelanguage.googleapis.com/v1beta/openai/"), options.Endpoint);
        Assert.Contains("flash", options.Model);
        Assert.Equal("Gemini", options.ServerName);
    }

    [Fact]
    public void Endpoint_alone_means_a_server_without_keys()
    {
        var options = Read(("Ai:Protocol", "openai"), ("Gemini:Endpoint", "http://localhost:11434/v1"), ("Gemini:Model", "llama"));

        Assert.True(options.Enabled);
        Assert.Null(options.ApiKey);
        Assert.Equal(ModelProtocol.OpenAi, options.Protocol);
        Assert.Equal("The model server localhost:11434", options.ServerName);
    }

    [Theory]
    [InlineData("Ai:Protocol", "claude", "Ai__Protocol")]
    [InlineData("Gemini:Endpoint", "localhost:11434", "Gemini__Endpoint")]
    [InlineData("Gemini:Endpoint", "https://user:pass@host/v1", "Gemini__Endpoint")]
    [InlineData("Gemini:Endpoint", "https://host/v1?key=abc", "Gemini__Endpoint")]
    [InlineData("Gemini:ApiKey", "abc\ndef", "Gemini__ApiKey")]
    public void Malformed_setting_is_named(string key, string value, string setting)
    {
        var thrown = Assert.Throws<SettingException>(() => Read((key, value)));

        Assert.Equal(setting, thrown.Setting);
        Assert.DoesNotContain("abc", thrown.Message);
        Assert.DoesNotContain("pass@", thrown.Message);
    }

    [Theory]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai/", "https://generativelanguage.googleapis.com")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:5000/v1beta/openai", "http://127.0.0.1:5000")]
    [InlineData("https://gateway.example/gemini/v1beta/openai/", "https://gateway.example/gemini")]
    [InlineData("https://gateway.example/gemini/", "https://gateway.example/gemini")]
    public void Native_base_address_leaves_the_compatible_path_out(string endpoint, string expected) =>
        Assert.Equal(expected, Read(("Gemini:Endpoint", endpoint)).NativeBaseAddress);

    [Fact]
    public void Text_form_hides_the_key() =>
        Assert.DoesNotContain("abc", Read(("Gemini:ApiKey", "abc")).ToString());

    private static ModelOptions Read(params (string Key, string Value)[] settings) =>
        ModelOptions.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value))
            .Build());
}
