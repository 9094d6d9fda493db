namespace TicketAssistant.Sqlite;

/// <summary>A text that is UTF-8 already, not empty.</summary>
internal sealed record Utf8Text(byte[] Bytes);
