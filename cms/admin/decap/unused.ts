/** Stands in for the parts of Decap that this editor has no use for: Git hosts, maps. */

class Unused {}

export {
  Unused as AwsCognitoGitHubProxyBackend,
  Unused as AzureBackend,
  Unused as BitbucketBackend,
  Unused as ForgejoBackend,
  Unused as GitGatewayBackend,
  Unused as GitHubBackend,
  Unused as GitLabBackend,
  Unused as GiteaBackend,
  Unused as ProxyBackend,
  Unused as TestBackend,
};

export default { Widget: () => ({ name: 'unused', controlComponent: () => null }) };
