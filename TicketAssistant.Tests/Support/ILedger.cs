namespace TicketAssistant.Tests.Support;

/// <summary>What the API does not show, read past it from the store itself.</summary>
internal interface ILedger
{
    /// <summary>The Message-IDs of all mails to assignees that went out.</summary>
    List<string> Sent();

    /// <summary>How many mails to assignees were ever owed.</summary>
    int Rows();

    /// <summary>How many claims were ever won.</summary>
    int Claims();

    /// <summary>How many effects are pending.</summary>
    int Effects();
}
