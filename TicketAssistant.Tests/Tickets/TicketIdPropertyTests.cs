using FsCheck.Fluent;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Tickets;

/// <summary>The Idempotency-Key.</summary>
public sealed class TicketIdPropertyTests
{
    private static readonly Guid Ann = Guid.NewGuid();
    private static readonly Guid Ben = Guid.NewGuid();

    [Fact]
    public void A_key_always_gives_its_user_the_same_id_and_anything_else_is_a_400() => Texts.Check(key =>
    {
        if (key.Length is 0 or > 200 || key.Any(c => c is < ' ' or > '~'))
        {
            var problem = Assert.Throws<ProblemException>(() => TicketId.For(Ann, key));
            Assert.Equal(400, problem.Status);
            Assert.Contains("Idempotency-Key", problem.Errors!.Keys);
            return;
        }

        Assert.Equal(TicketId.For(Ann, key), TicketId.For(Ann, key));
        Assert.NotEqual(TicketId.For(Ann, key), TicketId.For(Ben, key));
        Assert.Equal(8, TicketId.For(Ann, key).Version);
    });

    [Fact]
    public void Two_keys_give_two_ids() => Texts.Check(Gen.Zip(Printable(), Printable()), keys =>
        Assert.Equal(keys.Item1 == keys.Item2, TicketId.For(Ann, keys.Item1) == TicketId.For(Ann, keys.Item2)));

    private static FsCheck.Gen<string> Printable() =>
        Gen.Choose(1, 200).SelectMany(n => Gen.Choose(' ', '~').Select(c => (char)c).ArrayOf(n)).Select(letters => new string(letters));
}
