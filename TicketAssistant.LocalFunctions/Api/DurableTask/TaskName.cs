namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or activity. Two names that differ only in case are equal.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>Makes a name; null makes the default value, which names nothing.</summary>
    /// <param name="name">The name.</param>
    public TaskName(string name) => Name = name;

    /// <summary>The name as written; null in the default value.</summary>
    public string Name { get; }

    /// <summary>The name's text.</summary>
    /// <param name="value">The name.</param>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>The name with a text.</summary>
    /// <param name="value">The text; null makes the default value.</param>
    public static implicit operator TaskName(string value) => new(value);

    /// <summary>Whether two names are the same but for case.</summary>
    /// <param name="a">A name.</param>
    /// <param name="b">Another.</param>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Whether two names differ in more than case.</summary>
    /// <param name="a">A name.</param>
    /// <param name="b">Another.</param>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <summary>Whether another name is the same but for case.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True where it is.</returns>
    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an object is a name that is the same but for case.</summary>
    /// <param name="obj">The object.</param>
    /// <returns>True where it is.</returns>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <summary>A hash code without regard to case.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <summary>The name's text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => Name ?? "";
}
