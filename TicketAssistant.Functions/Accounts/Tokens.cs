using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// Makes and checks bearer tokens: JWT with HMAC-SHA-256, saying who somebody is (<c>sub</c>) and which generation of their
/// tokens it belongs to (<c>ver</c>), never what they may do.
/// </summary>
internal sealed class Tokens
{
    private const string VersionClaim = "ver";
    private const int MaxTokenBytes = 4096;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JwtSecurityTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenBytes };
    private readonly JwtOptions _options;
    private readonly TimeProvider _time;
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _rules;

    public Tokens(JwtOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var key = new SymmetricSecurityKey(options.Secret);
        _credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        _rules = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            // The handler tries each: tokens of ours name no key.
            IssuerSigningKeys = options.PreviousSecret is { } previous ? [key, new SymmetricSecurityKey(previous)] : [key],
            RequireSignedTokens = true,
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            RequireExpirationTime = true,
            // The library would look at the system's clock.
            LifetimeValidator = (_, expires, _, _) => expires + ClockSkew > _time.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>A new token of this user, and when it expires.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Issue(User user)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()); // what a JWT can say
        var expires = now + _options.Lifetime;
        var token = new JwtSecurityToken(
            _options.Issuer,
            _options.Audience,
            [
                new Claim(JwtRegisteredClaimNames.Sub, user.Id.ToString("D")),
                new Claim(VersionClaim, user.TokenVersion.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32),
                new Claim(JwtRegisteredClaimNames.Iat, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            ],
            expires: expires.UtcDateTime,
            signingCredentials: _credentials);
        return (_handler.WriteToken(token), expires);
    }

    /// <summary>Who the token is of, where it is one of ours and not expired; whether that user still honours it is not checked here.</summary>
    public TokenIdentity? Validate(string token)
    {
        try
        {
            var claims = _handler.ValidateToken(token, _rules, out _);
            return Guid.TryParseExact(claims.FindFirstValue(JwtRegisteredClaimNames.Sub), "D", out var id)
                && int.TryParse(claims.FindFirstValue(VersionClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? new TokenIdentity(id, version)
                : null;
        }
        catch (Exception e) when (e is SecurityTokenException or ArgumentException)
        {
            return null; // malformed, tampered with, expired or somebody else's: the caller learns no more than "no"
        }
    }
}
