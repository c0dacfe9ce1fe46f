/** Stores of packages, applications and models: content that its manager counts references to. */
import type { PackageStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const packages: readonly (StoreEntry & { readonly store: PackageStore })[] = [
  {
    store: 'flatpak',
    marks: ['repo/objects runtime', 'repo/objects app', 'repo/objects exports'],
    places: ['flatpak-store'],
    parts: [
      ['package', 'runtime/*'],
      ['package', 'app/*'],
      ['object', 'repo'],
    ],
    levers: [
      { command: 'flatpak uninstall --unused', loses: 'regenerable' },
      { command: 'flatpak list --columns=application,size,installation', does: 'shows' },
    ],
    source: 'flatpak-uninstall(1), flatpak-list(1), flatpak-installation(5)',
  },
  {
    store: 'ostree',
    marks: ['repo/objects deploy', 'repo/objects boot.0', 'objects refs config'],
    begins: { config: /\[core\][^[]*repo_version=/u },
    places: ['ostree-store'],
    parts: [
      ['object', 'repo'],
      ['object', 'objects'],
      ['version', 'deploy/*'],
    ],
    levers: [
      { command: 'ostree admin cleanup', loses: 'old-generations' },
      { command: 'ostree admin status', does: 'shows' },
    ],
    source: 'ostree-admin-cleanup(1), ostree(1)',
  },
  {
    store: 'nix',
    marks: ['store var/nix', '.links [0-9a-z]???????????????????????????????-*'],
    places: ['nix-store'],
    levers: [
      { command: 'nix-collect-garbage --delete-older-than 30d', loses: 'old-generations' },
      { command: 'nix-store --gc --print-roots', does: 'shows' },
    ],
    source: 'nix-collect-garbage(1), nix-store(1)',
  },
  {
    store: 'guix',
    marks: ['profiles gcroots db'],
    places: ['guix-store'],
    levers: [
      { command: 'guix gc -d 1m', loses: 'old-generations' },
      { command: 'guix gc --list-roots', does: 'shows' },
    ],
    source: 'guix.gnu.org manual: Invoking guix gc',
  },
  {
    store: 'snapd',
    marks: ['snaps state.json', 'snaps assertions'],
    places: ['snap-snapshots'],
    parts: [
      ['package', 'snaps'],
      ['backup', 'snapshots'],
      ['cache', 'cache'],
    ],
    levers: [
      { command: 'snap list --all', does: 'shows' },
      { command: 'snap remove NAME --revision=REVISION', loses: 'old-generations' },
      { command: 'snap set system refresh.retain=2', loses: 'old-generations' },
    ],
    source: 'snap(8); snapcraft.io/docs: refresh.retain, snapshots',
  },
  {
    store: 'wine',
    marks: ['drive_c system.reg', 'drive_c dosdevices'],
    programs: ['wineserver'],
    parts: [
      ['temporary', 'drive_c/windows/temp'],
      ['package', 'drive_c/Program?Files*/*'],
      ['user', 'drive_c/users/*'],
      ['content', 'drive_c/windows'],
    ],
    levers: [{ command: 'env WINEPREFIX={store} wine uninstaller' }],
    source: 'wine(1): WINEPREFIX; wine uninstaller',
  },
  {
    store: 'steam',
    marks: [
      'steamapps/appmanifest_*.acf',
      'appmanifest_*.acf common',
      'steamapps/common steamapps/libraryfolders.vdf',
    ],
    places: ['steam-compatdata'],
    programs: ['steam'],
    parts: [
      ['package', 'steamapps/common/*'],
      ['package', 'common/*'],
      ['cache', 'steamapps/shadercache'],
      ['user', 'steamapps/compatdata'],
      ['temporary', 'steamapps/downloading'],
    ],
    levers: [{ command: 'steam steam://open/settings/storage' }],
    source: 'partner.steamgames.com: appmanifest; help.steampowered.com: storage manager',
  },
  {
    store: 'ollama',
    marks: ['manifests blobs/sha256-*', 'models/manifests models/blobs'],
    programs: ['ollama'],
    levers: [
      { command: 'ollama list', does: 'shows' },
      { command: 'ollama rm MODEL', loses: 'regenerable' },
    ],
    source: 'docs.ollama.com: CLI (list, rm), where models are stored',
  },
  {
    store: 'huggingface',
    marks: ['models--*/blobs', 'models--*/snapshots', 'datasets--*/blobs'],
    parts: [['model', '*--*']],
    levers: [
      { command: 'hf cache ls', does: 'shows' },
      { command: 'hf cache rm MODEL', loses: 'regenerable' },
    ],
    source: 'huggingface.co/docs: Manage huggingface_hub cache-system, hf cache',
  },
];
