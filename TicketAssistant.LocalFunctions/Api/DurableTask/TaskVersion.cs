namespace Microsoft.DurableTask;

/// <summary>The version of an orchestration. Two versions that differ only in case are equal.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>No version: the default value, whose text is empty.</summary>
    public static readonly TaskVersion Unversioned;

    private readonly string? _version;

    /// <summary>Makes a version.</summary>
    /// <param name="version">The text; null or empty makes <see cref="Unversioned"/>.</param>
    /// <exception cref="ArgumentException">The text is nothing but white space.</exception>
    public TaskVersion(string version)
    {
        if (!string.IsNullOrEmpty(version) && string.IsNullOrWhiteSpace(version))
        {
            throw new ArgumentException("A version can't be white space only; pass an empty text for no version.", nameof(version));
        }

        _version = version;
    }

    /// <summary>The version's text; empty for no version, never null.</summary>
    public string Version => _version ?? "";

    /// <summary>The version's text.</summary>
    /// <param name="value">The version.</param>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>The version with a text.</summary>
    /// <param name="value">The text; null or empty for no version.</param>
    public static implicit operator TaskVersion(string value) => new(value);

    /// <summary>Whether two versions are the same but for case.</summary>
    /// <param name="a">A version.</param>
    /// <param name="b">Another.</param>
    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    /// <summary>Whether two versions differ in more than case.</summary>
    /// <param name="a">A version.</param>
    /// <param name="b">Another.</param>
    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    /// <summary>Whether another version is the same but for case.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True where it is.</returns>
    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an object is a version that is the same but for case.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>True where it is.</returns>
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <summary>A hash code without regard to case.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
}
