namespace TicketAssistant.Tests.Web;

/// <summary>What somebody works with.</summary>
public enum HandKind
{
    /// <summary>A mouse.</summary>
    Mouse,

    /// <summary>A touch screen.</summary>
    Finger,

    /// <summary>Tab, Enter, Space and the letters.</summary>
    Keyboard,
}
