namespace TicketAssistant.Functions.Settings;

/// <summary>A setting is missing or malformed. Ends the process at start with one line and exit code 1.</summary>
/// <param name="setting">The setting as it is written in the environment, such as <c>Smtp__Port</c>.</param>
/// <param name="problem">What is wrong and what would be right. Never contains a secret.</param>
public sealed class SettingException(string setting, string problem) : Exception($"{setting}: {problem}")
{
    /// <summary>The setting as it is written in the environment.</summary>
    public string Setting { get; } = setting;
}
