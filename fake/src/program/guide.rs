//! The text that the program prints: the address that it listens on, and how to configure clients.

use super::arguments::Arguments;
use crate::engine::state::TENANT;

pub(crate) fn text(arguments: &Arguments, http: &str, https: Option<&str>) -> String {
    let subscription = &arguments.subscription;
    let mut out = format!(
        "arm-fake listens at {http}{}\n\
         Subscription {subscription}, tenant {TENANT}. Stop it with Ctrl-C.\n\n\
         Whole programs, and azure-ai-ml, are in docs/foreign-clients.md.\n\n\
         Python (any azure-mgmt-… package):\n\
         \x20   import time\n\
         \x20   from azure.core.credentials import AccessToken\n\
         \x20   from azure.core.pipeline.policies import SansIOHTTPPolicy\n\
         \x20   class Credential:\n\
         \x20       def get_token(self, *scopes, **options):\n\
         \x20           return AccessToken(\"fake\", int(time.time()) + 3600)\n\
         \x20   client = Client(Credential(), \"{subscription}\", base_url=\"{http}\",\n\
         \x20                   credential_scopes=[\"{http}/.default\"],\n\
         \x20                   authentication_policy=SansIOHTTPPolicy())\n\n\
         JavaScript (any @azure/arm-… package):\n\
         \x20   const credential = {{ getToken: async () => ({{ token: \"fake\",\n\
         \x20       expiresOnTimestamp: Date.now() + 3600e3 }}) }};\n\
         \x20   const client = new Client(credential, \"{subscription}\", {{\n\
         \x20       endpoint: \"{http}\", allowInsecureConnection: true }});\n\
         \x20   client.pipeline.removePolicy({{ name: \"bearerTokenAuthenticationPolicy\" }});\n\n\
         Go (any arm… module), in azcore.ClientOptions:\n\
         \x20   Cloud: cloud.Configuration{{ActiveDirectoryAuthorityHost: \"{http}\",\n\
         \x20       Services: map[cloud.ServiceName]cloud.ServiceConfiguration{{\n\
         \x20           cloud.ResourceManager: {{Endpoint: \"{http}\", Audience: \"{http}\"}}}}}},\n\
         \x20   InsecureAllowCredentialWithHTTP: true,\n\n",
        https.map_or_else(String::new, |https| format!(" and {https}")),
    );
    match (https, &arguments.certificate) {
        (Some(https), Some(file)) => {
            let file = file.display();
            out.push_str(&format!(
                "Everything below needs HTTPS and trusts the authority in {file}.\n\n\
                 Azure CLI, with REQUESTS_CA_BUNDLE={file}, IDENTITY_ENDPOINT={https}/msi/token\n\
                 and IDENTITY_HEADER=fake:\n\
                 \x20   az cloud register --name fake --endpoint-resource-manager {https} \\\n\
                 \x20       --endpoint-active-directory {https} \\\n\
                 \x20       --endpoint-active-directory-resource-id {https} \\\n\
                 \x20       --endpoint-active-directory-graph-resource-id {https}\n\
                 \x20   az cloud set --name fake\n\
                 \x20   az login --identity\n\n\
                 Terraform's azapi, with SSL_CERT_FILE={file}:\n\
                 \x20   provider \"azapi\" {{\n\
                 \x20     endpoint = [{{ resource_manager_endpoint = \"{https}\",\n\
                 \x20       active_directory_authority_host = \"{https}\",\n\
                 \x20       resource_manager_audience = \"{https}\" }}]\n\
                 \x20     disable_instance_discovery = true\n\
                 \x20     skip_provider_registration = true\n\
                 \x20     use_cli = false\n\
                 \x20     subscription_id = \"{subscription}\"\n\
                 \x20     tenant_id = \"{TENANT}\"\n\
                 \x20     client_id = \"fake\"\n\
                 \x20     client_secret = \"fake\"\n\
                 \x20   }}\n"
            ));
        }
        _ => out.push_str(
            "The Azure CLI, azure-ai-ml and Terraform's azapi need HTTPS: add --tls-port 8443 \
             --certificate fake-ca.pem.\n",
        ),
    }
    out
}
