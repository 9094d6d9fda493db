// Read from the environment, so that azd and a shell can use the same file; nothing secret is written down here.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param vaultOfficerId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param githubRepository = readEnvironmentVariable('GITHUB_REPOSITORY', '')

param appUrl = readEnvironmentVariable('APP__URL', '')
param adminEmail = readEnvironmentVariable('ADMIN_EMAIL', 'admin@example.com')
param adminPassword = readEnvironmentVariable('ADMIN_PASSWORD', '')
param jwtSecret = readEnvironmentVariable('JWT_SECRET', '')
param jwtRotating = bool(readEnvironmentVariable('JWT_ROTATING', 'false'))

param createMongoCluster = empty(readEnvironmentVariable('MONGO_CONNECTION_STRING', ''))
param mongoConnectionString = readEnvironmentVariable('MONGO_CONNECTION_STRING', '')
param mongoAdminPassword = readEnvironmentVariable('MONGO_ADMIN_PASSWORD', '')
param mongoTier = readEnvironmentVariable('MONGO_TIER', 'M10')

param useGemini = bool(readEnvironmentVariable('USE_GEMINI', 'false'))
param geminiApiKey = readEnvironmentVariable('GEMINI_API_KEY', '')
param geminiModel = readEnvironmentVariable('GEMINI_MODEL', 'gemini-flash-latest')

param smtpHost = readEnvironmentVariable('SMTP_HOST', '')
param smtpPort = int(readEnvironmentVariable('SMTP_PORT', '587'))
param smtpUser = readEnvironmentVariable('SMTP_USER', '')
param smtpPassword = readEnvironmentVariable('SMTP_PASSWORD', '')
param smtpFrom = readEnvironmentVariable('SMTP_FROM', 'TicketAssistant <no-reply@example.com>')
