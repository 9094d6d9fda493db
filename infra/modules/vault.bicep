// The secrets. The app may read them and nothing else. A secret whose parameter is empty is left as it is: so a deployment
// that knows none of them changes none.
@maxLength(24)
param name string
param location string
param tags object
@description('Name of the identity of the app.')
param readerName string
@description('Object id of the person or group that may set secrets, or empty.')
param officerId string
@secure()
param jwtSecret string
@secure()
param adminPassword string
@secure()
param geminiApiKey string
@secure()
param smtpPassword string
@secure()
param mongoConnectionString string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }

  resource jwt 'secrets' = if (!empty(jwtSecret)) {
    name: 'jwt-secret'
    properties: { value: jwtSecret }
  }

  resource admin 'secrets' = if (!empty(adminPassword)) {
    name: 'admin-password'
    properties: { value: adminPassword }
  }

  resource gemini 'secrets' = if (!empty(geminiApiKey)) {
    name: 'gemini-api-key'
    properties: { value: geminiApiKey }
  }

  resource smtp 'secrets' = if (!empty(smtpPassword)) {
    name: 'smtp-password'
    properties: { value: smtpPassword }
  }

  resource mongo 'secrets' = if (!empty(mongoConnectionString)) {
    name: 'mongo-connection-string'
    properties: { value: mongoConnectionString }
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: readerName
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

// Without principalType: it may be a person or a group.
resource officer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(officerId)) {
  name: guid(vault.id, officerId, secretsOfficer)
  scope: vault
  properties: {
    principalId: officerId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

output uri string = vault.properties.vaultUri
