/** Packages, applications, models. */
import type { PackageStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const packages: Readonly<Record<PackageStore, StoreWords>> = {
  flatpak: {
    name: 'Flatpak applications and runtimes',
    gives: 'let Flatpak remove runtimes that no application uses',
    never: 'never delete below repo/ by hand: its objects are hard links (flatpak repair mends)',
  },
  ostree: {
    name: 'OSTree deployments',
    gives: 'let it remove old deployments (rpm-ostree cleanup -b -m -p on such systems)',
    never: 'never delete objects or deployments by hand: the system boots from them',
  },
  nix: {
    name: 'Nix store',
    gives:
      'collect garbage: old generations and what nothing refers to; `result` links in projects keep builds alive',
    never: 'never delete below /nix/store by hand',
  },
  guix: {
    name: 'Guix store',
    gives: 'collect garbage: old generations and what nothing refers to',
    never: 'never delete below /gnu/store by hand',
  },
  snapd: {
    name: 'snaps and their snapshots',
    gives:
      'remove disabled revisions, keep fewer of them (refresh.retain=2), forget snapshots of removed snaps (snap saved, snap forget)',
    never: 'never delete .snap files by hand: each is mounted',
  },
  wine: {
    name: 'Wine prefix',
    gives: 'uninstall programs in Wine; delete the whole prefix only if nothing in its users/ is wanted',
    never: 'saves and documents lie in drive_c/users',
  },
  steam: {
    name: 'Steam games',
    gives: 'uninstall games in Steam, clear the shader cache there',
    never: 'never delete compatdata by hand: saves lie there',
  },
  ollama: {
    name: 'Ollama models',
    gives: 'remove models nobody uses; layers that others share stay',
    never: 'never delete blobs by hand: models share them',
  },
  huggingface: {
    name: 'Hugging Face models',
    gives: 'remove models nobody uses; they are downloaded again when needed',
    never: 'never delete blobs by hand: snapshots are links to them',
  },
};
