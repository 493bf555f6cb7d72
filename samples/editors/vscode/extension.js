// Starts the language server for JSON and YAML files at or below a directory that has a .policycortex.yaml.
const path = require("path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const marker = "**/.policycortex.yaml";
let client;

async function activate(context) {
  const settings = vscode.workspace.getConfiguration("policycortex");
  const command = settings.get("path");
  const configurations = await vscode.workspace.findFiles(marker);
  const documentSelector = configurations.flatMap((file) =>
    ["json", "jsonc", "yaml"].map((language) => ({
      scheme: "file",
      language,
      pattern: `${path.dirname(file.fsPath)}/**`,
    }))
  );
  client = new LanguageClient(
    "policycortex",
    "PolicyCortex",
    { command, args: ["lsp"] },
    {
      documentSelector,
      initializationOptions: { resourceTypes: settings.get("resourceTypes") },
      synchronize: { configurationSection: "policycortex" },
    }
  );
  context.subscriptions.push(client);
  await client.start();
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
