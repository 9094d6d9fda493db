// Everything that one environment of the ticket assistant needs, in a resource group of its own. What each setting means and
// how to deploy: docs/operations.md.
targetScope = 'subscription'

@description('Short name of the environment, such as dev or prod. Part of every name.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Where everything goes. Flex Consumption and Cosmos DB for MongoDB vCore must be offered there.')
param location string

@description('Added to every resource.')
param tags object = {}

@description('The address under which people reach the app, for the links in mails. Empty: the address that Azure gives it.')
param appUrl string = ''

@description('The app never runs in more instances than this: a bound on the bill.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of one instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances that are kept warm for HTTP. 0: the first request after a pause waits for a cold start.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('Requests that one instance takes at once. Every open page of the web app holds one (its stream of events).')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 200

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('GB of logs a day after which no more are taken: a bound on the bill. -1: no bound.')
param logDailyCapGb int = 1

@description('True makes a Cosmos DB for MongoDB vCore cluster. False: mongoConnectionString names a MongoDB of your own.')
param createMongoCluster bool = true

@description('Size of the cluster.')
@allowed(['Free', 'M10', 'M20', 'M25', 'M30', 'M40', 'M50'])
param mongoTier string = 'M10'

@description('Disk of the cluster, in GB.')
@minValue(32)
param mongoStorageGb int = 32

@description('Name of the administrator of the cluster.')
param mongoAdminName string = 'ticketadmin'

@secure()
@description('Password of the administrator of the cluster. Needed whenever createMongoCluster is true.')
param mongoAdminPassword string

@secure()
@description('Connection string of a MongoDB of your own. Empty: what is in the key vault stays.')
param mongoConnectionString string

@description('Database in that MongoDB.')
param mongoDatabase string = 'tickets'

@secure()
@description('At least 32 random bytes that sign the tokens. Empty: what is in the key vault stays.')
param jwtSecret string

@description('True while the secret is being changed: tokens of the secret jwt-previous-secret are still taken.')
param jwtRotating bool = false

@description('E-mail address of the first admin.')
param adminEmail string

@secure()
@description('Password of the first admin. Empty: what is in the key vault stays.')
param adminPassword string

@description('True where a model is to be asked: the key vault must have gemini-api-key. False: the offline analyser does the work.')
param useGemini bool = false

@secure()
@description('Key of the Gemini API. Empty: what is in the key vault stays.')
param geminiApiKey string

@description('The model that is asked.')
param geminiModel string = 'gemini-flash-latest'

@description('Mail server. The Azure flavour has no data directory, so without one no mail can leave.')
param smtpHost string

@description('Port of the mail server.')
param smtpPort int = 587

@description('User at the mail server. Empty: no log-in. Otherwise the key vault must have smtp-password.')
param smtpUser string = ''

@secure()
@description('Password at the mail server. Empty: what is in the key vault stays.')
param smtpPassword string

@description('Sender of all mails.')
param smtpFrom string

@description('Further settings of the app (README, "Settings"), such as { Triage__Mode: \'supervised\' }. No secrets.')
param extraSettings object = {}

@description('Object id of the person or group that may set secrets in the key vault. Empty: nobody beside the owners.')
param vaultOfficerId string = ''

@description('owner/name of the GitHub repository whose environment of the same name as this one may deploy. Empty: none.')
param githubRepository string = ''

var allTags = union(tags, { application: 'ticket-assistant', environment: environmentName, 'azd-env-name': environmentName })
var token = toLower(uniqueString(subscription().id, environmentName, location))
var identityName = 'id-tickets-${environmentName}'
var vaultName = 'kv-${token}'
var appName = 'func-tickets-${token}'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-tickets-${environmentName}'
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: allTags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    name: 'tickets-${environmentName}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    publisherName: identityName
  }
  dependsOn: [identity]
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: 'sttickets${token}', location: location, tags: allTags, identityName: identityName }
  dependsOn: [identity]
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: vaultName
    location: location
    tags: allTags
    readerName: identityName
    officerId: vaultOfficerId
    jwtSecret: jwtSecret
    adminPassword: adminPassword
    geminiApiKey: geminiApiKey
    smtpPassword: smtpPassword
    mongoConnectionString: createMongoCluster ? '' : mongoConnectionString
  }
  dependsOn: [identity]
}

module mongo 'modules/mongo.bicep' = if (createMongoCluster) {
  scope: group
  params: {
    name: 'mongo-${token}'
    location: location
    tags: allTags
    tier: mongoTier
    storageGb: mongoStorageGb
    adminName: mongoAdminName
    adminPassword: mongoAdminPassword
    vaultName: vaultName
  }
  dependsOn: [vault]
}

module app 'modules/app.bicep' = {
  scope: group
  // The cluster's connection string is in the vault before the app looks for it.
  dependsOn: [mongo]
  params: {
    name: appName
    location: location
    tags: union(allTags, { 'azd-service-name': 'app' })
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitoring.outputs.connectionString
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyHttp: alwaysReadyHttp
    httpConcurrency: httpConcurrency
    settings: union(
      {
        Mongo__Database: mongoDatabase
        Admin__Email: adminEmail
        Gemini__Model: geminiModel
        Smtp__Host: smtpHost
        Smtp__Port: string(smtpPort)
        Smtp__From: smtpFrom
      },
      empty(appUrl) ? {} : { App__Url: appUrl },
      empty(smtpUser) ? {} : { Smtp__User: smtpUser },
      extraSettings
    )
    vaultSettings: union(
      {
        Mongo__ConnectionString: 'mongo-connection-string'
        Jwt__Secret: 'jwt-secret'
        Admin__Password: 'admin-password'
      },
      jwtRotating ? { Jwt__PreviousSecret: 'jwt-previous-secret' } : {},
      useGemini ? { Gemini__ApiKey: 'gemini-api-key' } : {},
      empty(smtpUser) ? {} : { Smtp__Password: 'smtp-password' }
    )
  }
}

module deployer 'modules/deployer.bicep' = if (!empty(githubRepository)) {
  scope: group
  params: {
    name: 'id-tickets-deploy-${environmentName}'
    location: location
    tags: allTags
    appName: appName
    githubRepository: githubRepository
    githubEnvironment: environmentName
  }
  dependsOn: [app]
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output APP_NAME string = appName
output APP_URL string = app.outputs.url
output KEY_VAULT_NAME string = vaultName
@description('For the repository\'s variable AZURE_CLIENT_ID: no secret, the trust is in the federated credential.')
output DEPLOYER_CLIENT_ID string = deployer.?outputs.clientId ?? ''
