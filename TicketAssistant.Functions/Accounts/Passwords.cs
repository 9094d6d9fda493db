using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Bcrypt = BCrypt.Net.BCrypt;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// Hashes and checks passwords with BCrypt. A hash keeps a core busy for a quarter of a second, so only half of the cores ever
/// work on them and the queue is short: a flood of log-ins can't starve the rest.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The semaphore's wait handle is not used, so it holds nothing; and a check that a shutdown overtakes still has to release it.")]
internal sealed class Passwords(PasswordOptions options)
{
    /// <summary>Fewest bytes in UTF-8.</summary>
    public const int MinBytes = 8;

    /// <summary>Most bytes in UTF-8: BCrypt looks at no more.</summary>
    public const int MaxBytes = 72;

    private const int WaitingPerSlot = 32;
    private static readonly int Slots = Math.Max(1, Environment.ProcessorCount / 2);
    private static readonly int MaxPending = Slots * (1 + WaitingPerSlot);

    private readonly SemaphoreSlim _slots = new(Slots);

    // Well-formed, and no known password hashes to it: checking against it costs what checking against a real one does.
    private readonly string _nobody = string.Create(
        CultureInfo.InvariantCulture, $"$2a${options.WorkFactor:D2}$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde");

    private int _pending;

    /// <summary>What is wrong with a new password, to follow its field's name; null where nothing is.</summary>
    public static string? Problem(string password) =>
        Fits(password) ? null : $"must have {MinBytes} to {MaxBytes} bytes in UTF-8 (a letter outside English takes 2 to 4)";

    /// <summary>Hashes a password for which <see cref="Problem"/> found nothing.</summary>
    /// <exception cref="ArgumentException">It is too short or too long.</exception>
    /// <exception cref="PasswordsBusyException">Too many are waiting.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => Fits(password)
        ? RunAsync(() => Bcrypt.HashPassword(password, options.WorkFactor), cancellationToken)
        : throw new ArgumentException($"The password {Problem(password)}.", nameof(password));

    /// <summary>
    /// Whether the password belongs to the hash. A null hash (nobody has that name) and a password that can't be anybody's take as
    /// long as a wrong one.
    /// </summary>
    /// <exception cref="PasswordsBusyException">Too many are waiting.</exception>
    public Task<bool> VerifyAsync(string password, string? hash, CancellationToken cancellationToken)
    {
        var possible = hash is not null && Fits(password);
        return RunAsync(() => Bcrypt.Verify(possible ? password : "", possible ? hash! : _nobody) && possible, cancellationToken);
    }

    private static bool Fits(string password) => Encoding.UTF8.GetByteCount(password) is >= MinBytes and <= MaxBytes;

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _pending) > MaxPending) throw new PasswordsBusyException();
            await _slots.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }
}
