namespace Microsoft.DurableTask;

/// <summary>Turns inputs, outputs, events and statuses into the text that is stored, and back.</summary>
public abstract class DataConverter
{
    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text; null for null.</returns>
    public abstract string? Serialize(object? value);

    /// <summary>Reads a value.</summary>
    /// <param name="data">The text.</param>
    /// <param name="targetType">The type to read it as.</param>
    /// <returns>The value; null for null.</returns>
    public abstract object? Deserialize(string? data, Type targetType);

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <param name="data">The text.</param>
    /// <returns>The value; the type's default for null.</returns>
    public virtual T? Deserialize<T>(string? data) => Deserialize(data, typeof(T)) is { } value ? (T)value : default;
}
