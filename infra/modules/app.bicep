// The Function App on Flex Consumption: .NET 10 isolated, as its identity, secrets by reference.
param name string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
@description('Address of the blob container that holds the deployed package.')
param packageContainerUrl string
param vaultUri string
param insightsConnectionString string
param maximumInstanceCount int
param instanceMemoryMB int
param alwaysReadyHttp int
param httpConcurrency int
@description('Settings of the app.')
param settings object
@description('Settings of the app whose values are secrets: name of the setting to name of the secret.')
param vaultSettings object

var references = reduce(
  items(vaultSettings),
  {},
  (all, setting) => union(all, { '${setting.key}': '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${setting.value})' })
)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
        alwaysReady: alwaysReadyHttp == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttp }]
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        AzureWebJobsStorage__accountName: storageName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
        App__Url: 'https://${app.properties.defaultHostName}'
      },
      references,
      settings
    )
  }

  // Deployments come with an Entra token; names and passwords are switched off.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output url string = 'https://${app.properties.defaultHostName}'
