// A MongoDB in Azure. Its connection string goes straight into the key vault.
param name string
param location string
param tags object
param tier string
param storageGb int
param adminName string
@secure()
@minLength(8)
param adminPassword string
param vaultName string

resource cluster 'Microsoft.DocumentDB/mongoClusters@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    administrator: { userName: adminName, password: adminPassword }
    serverVersion: '8.0'
    compute: { tier: tier }
    storage: { sizeGb: storageGb }
    sharding: { shardCount: 1 }
    highAvailability: { targetMode: 'Disabled' }
    publicNetworkAccess: 'Enabled'
  }

  // Azure's own addresses only. The app has no fixed one without a virtual network, which costs extra.
  resource azure 'firewallRules' = {
    name: 'AllowAllAzureServicesAndResourcesWithinAzureIps'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName

  resource connection 'secrets' = {
    name: 'mongo-connection-string'
    properties: {
      // The cluster gives the string with places for name and password.
      value: replace(
        replace(cluster.properties.connectionString, '<user>', uriComponent(adminName)),
        '<password>',
        uriComponent(adminPassword)
      )
    }
  }
}
