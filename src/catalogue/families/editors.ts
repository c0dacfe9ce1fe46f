/** Editors and coding tools. Their caches lie next to unsaved work and local history. */
import type { CatalogueEntry } from '../entry.ts';

const codeCaches =
  '{Cache,CachedData,CachedExtensionVSIXs,CachedProfilesData,Code Cache,GPUCache,Crashpad,logs,blob_storage,DawnGraphiteCache,DawnWebGPUCache}';

const jetbrains =
  '{IntelliJIdea,IdeaIC,PyCharm,PyCharmCE,WebStorm,GoLand,CLion,Rider,PhpStorm,RubyMine,RustRover,DataGrip,DataSpell}20*';

export const editors: readonly CatalogueEntry[] = [
  {
    id: 'jetbrains-system',
    row: 167,
    what: "JetBrains IDEs' caches and indexes",
    class: 'C',
    linux: [`$XDG_CACHE_HOME/JetBrains/${jetbrains}`, '$XDG_CACHE_HOME/Google/AndroidStudio*'],
    macos: [`~/Library/Caches/JetBrains/${jetbrains}`, '~/Library/Caches/Google/AndroidStudio*'],
    keep: ['LocalHistory'],
    usedBy: ['java', 'idea', 'pycharm', 'webstorm', 'goland', 'clion', 'rider', 'phpstorm'],
    advice: 'use File ▸ Invalidate Caches; the IDE removes versions unused for 180 days',
    traps: ['LocalHistory inside is user data: five working days of every edit'],
    source: 'research table: intellij-support.jetbrains.com, IDE directories',
  },
  {
    id: 'jetbrains-old-versions',
    row: 168,
    what: 'IDE versions installed by JetBrains Toolbox',
    class: 'C',
    linux: ['$XDG_DATA_HOME/JetBrains/Toolbox/apps'],
    macos: ['~/Library/Application Support/JetBrains/Toolbox/apps'],
    usedBy: ['jetbrains-toolb'],
    advice: 'remove old versions in Toolbox, then Help ▸ Delete Leftover IDE Directories',
    traps: ['settings and plugins beside it are yours'],
    source: 'research table: intellij-support.jetbrains.com, IDE directories',
  },
  {
    id: 'vscode-caches',
    row: 169,
    what: 'caches of VS Code and its relatives',
    class: 'A',
    linux: [`$XDG_CONFIG_HOME/{Code,Code - Insiders,Code - OSS,VSCodium,Cursor,Windsurf}/${codeCaches}`],
    macos: [`~/Library/Application Support/{Code,Code - Insiders,VSCodium,Cursor,Windsurf}/${codeCaches}`],
    usedBy: ['code', 'codium', 'cursor', 'windsurf', 'Electron'],
    traps: ['with the editor closed'],
    source: 'research table: BleachBit, mac-cleaner-cli',
  },
  {
    id: 'vscode-user-state',
    row: 170,
    what: "VS Code's state, local history and unsaved files",
    class: 'D',
    linux: [
      '$XDG_CONFIG_HOME/{Code,Code - Insiders,VSCodium,Cursor,Windsurf}/User/{workspaceStorage,globalStorage,History}',
      '$XDG_CONFIG_HOME/{Code,Code - Insiders,VSCodium,Cursor,Windsurf}/Backups',
    ],
    macos: [
      '~/Library/Application Support/{Code,VSCodium,Cursor,Windsurf}/User/{workspaceStorage,globalStorage,History}',
      '~/Library/Application Support/{Code,VSCodium,Cursor,Windsurf}/Backups',
    ],
    traps: ['Backups holds editors that were never saved'],
    source: 'general knowledge',
    verified: false,
  },
  {
    id: 'vscode-server',
    row: 171,
    what: 'VS Code servers for remote editing',
    class: 'C',
    linux: ['~/{.vscode-server,.cursor-server,.windsurf-server}/{bin,cli/servers,data/logs}'],
    usedBy: ['node', 'code-server'],
    advice: 'keep the newest and those that run; connecting installs the needed one again',
    source: 'general knowledge',
    verified: false,
  },
  {
    id: 'cpptools-intellisense',
    row: 172,
    what: "C/C++ extension's precompiled headers",
    class: 'A',
    linux: ['$XDG_CACHE_HOME/vscode-cpptools'],
    macos: ['~/Library/Caches/vscode-cpptools'],
    usedBy: ['cpptools', 'cpptools-srv'],
    source: 'vscode-cpptools#6344: package.nls.json (intelliSenseCachePath)',
  },
  {
    id: 'coding-assistant-caches',
    row: 192,
    what: 'caches and logs of AI coding tools',
    class: 'A',
    paths: ['~/.claude/{cache,plugins/cache,debug,logs,shell-snapshots}', '~/.codex/log'],
    usedBy: ['claude', 'codex', 'node'],
    traps: ['with the tool closed'],
    source: 'research table: BleachBit, Mole',
  },
  {
    id: 'coding-assistant-sessions',
    row: 192,
    what: 'conversations and file history of AI coding tools',
    class: 'D',
    paths: ['~/.claude/{projects,sessions,file-history,backups}', '~/.codex/sessions'],
    traps: ['BleachBit warns before touching them'],
    source: 'research table: BleachBit',
  },
];
