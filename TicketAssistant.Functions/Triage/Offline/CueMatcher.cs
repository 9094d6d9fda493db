using System.Text;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Finds all cues of all tables in one pass: a trie walked from each place where a word may begin. Immutable and thread-safe.
/// Its cost is bounded by the text's length, whatever the text says; there is no regular expression.
/// </summary>
internal sealed class CueMatcher
{
    private const char RestOfWord = '*';
    private const char AnyWords = '…';
    private const int MaxGapWords = 4;
    private const int MaxGapUnspaced = 8;

    private readonly Node root = new();

    /// <summary>Builds the trie.</summary>
    public CueMatcher(IEnumerable<Cue> cues)
    {
        foreach (var cue in cues)
        {
            var node = root;
            foreach (var c in Fold(cue.Phrase)) node = node.GetOrAdd(c);
            if (node != root) node.Cues = [.. node.Cues, cue];
        }
    }

    /// <summary>Every occurrence, by start.</summary>
    public List<CueMatch> Find(string text)
    {
        var found = new List<CueMatch>();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is ' ' or '\n' || (i > 0 && Tokenizer.IsWord(c) && Tokenizer.IsWord(text[i - 1]) && !Tokenizer.IsUnspaced(c) && !Tokenizer.IsUnspaced(text[i - 1]))) continue;
            Walk(root, text, i, i, found);
        }

        return found;
    }

    // The same folding as a ticket's text, with the two wildcards in front of everything else.
    private static string Fold(string phrase)
    {
        var folded = new StringBuilder(phrase.Length);
        foreach (var word in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "..")
            {
                folded.Append(AnyWords);
                continue;
            }

            if (folded.Length > 0 && folded[^1] != AnyWords) folded.Append(' ');
            var stem = word.EndsWith('*') ? word[..^1] : word;
            var text = Tokenizer.Read(stem, "").Text.Trim('\n', ' ');
            folded.Append(text);
            if (stem.Length < word.Length) folded.Append(RestOfWord);
        }

        return folded.ToString();
    }

    private static void Walk(Node node, string text, int start, int at, List<CueMatch> found)
    {
        while (true)
        {
            if (node.Cues.Length > 0 && EndsHere(text, at))
            {
                foreach (var cue in node.Cues) found.Add(new CueMatch(start, at, cue));
            }

            if (node.IsLeaf) return;
            if (node.Rest is { } rest)
            {
                var end = at;
                while (end < text.Length && Tokenizer.IsWord(text[end])) end++;
                Walk(rest, text, start, end, found);
            }

            // A gap lies between words, so "all .. failed" doesn't begin in "allocation".
            if (node.Gap is { } gap && EndsHere(text, at)) WalkGap(gap, text, start, at, found);
            if (at >= text.Length) return;

            var c = text[at];
            // A comma or a bracket between two words of a phrase is as good as a space.
            if (IsSeparator(c) && node.Find(' ') is { } space)
            {
                var next = at;
                while (next < text.Length && IsSeparator(text[next])) next++;
                if (next > at + 1 || c != ' ') Walk(space, text, start, next, found);
            }

            if (node.Find(c) is not { } child) return;
            node = child;
            at++;
        }
    }

    private static bool IsSeparator(char c) => c is ' ' or ',' or ';' or ':' or '(' or ')';

    private static void WalkGap(Node node, string text, int start, int at, List<CueMatch> found)
    {
        var unspaced = at < text.Length && Tokenizer.IsUnspaced(text[at]);
        for (var skipped = 0; skipped <= (unspaced ? MaxGapUnspaced : MaxGapWords); skipped++)
        {
            while (at < text.Length && !Tokenizer.IsWord(text[at]))
            {
                if (text[at] is '\n') return;
                at++;
            }

            if (at >= text.Length) return;
            Walk(node, text, start, at, found);
            if (unspaced) at++;
            else while (at < text.Length && Tokenizer.IsWord(text[at])) at++;
        }
    }

    private static bool EndsHere(string text, int at)
    {
        if (at >= text.Length) return true;
        var (last, next) = (text[at - 1], text[at]);
        if (next is '+' or '#') return false;
        return !Tokenizer.IsWord(next) || !Tokenizer.IsWord(last) || Tokenizer.IsUnspaced(last) || Tokenizer.IsUnspaced(next);
    }

    private sealed class Node
    {
        // Most nodes have one or two children; the root has hundreds, so the common letters are looked up directly.
        private const int FewChildren = 8;

        private char[] keys = [];
        private Node[] children = [];
        private Node?[]? ascii;

        public Cue[] Cues { get; set; } = [];

        public Node? Rest { get; private set; }

        public Node? Gap { get; private set; }

        public bool IsLeaf => keys.Length == 0;

        public Node? Find(char key)
        {
            if (ascii is not null && key < ascii.Length) return ascii[key];
            var i = keys.AsSpan().IndexOf(key);
            return i < 0 ? null : children[i];
        }

        public Node GetOrAdd(char key)
        {
            if (Find(key) is { } known) return known;
            var child = new Node();
            keys = [.. keys, key];
            children = [.. children, child];
            if (key == RestOfWord) Rest = child;
            if (key == AnyWords) Gap = child;
            if (keys.Length > FewChildren)
            {
                ascii = new Node?[0x80];
                for (var i = 0; i < keys.Length; i++)
                {
                    if (keys[i] < ascii.Length) ascii[keys[i]] = children[i];
                }
            }

            return child;
        }
    }
}
