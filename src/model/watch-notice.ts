/** What the user of `diskwhy watch` should know once: a limit met, events dropped, a path lost. */

/** What became of a watched path. */
type RootTrouble = 'gone' | 'unmounted' | 'closed';

export type WatchNotice =
  /** Events were dropped, or may have been: sweeps find what they told. */
  | { readonly kind: 'fanotify-overflow' | 'inotify-overflow' }
  /** Nothing is watched by inotify; growth is found by sweeps. */
  | { readonly kind: 'no-watches-left'; readonly usedWatches: number; readonly mostWatches: number }
  /** Only some of the active directories are watched by inotify. */
  | {
      readonly kind: 'scarce-watches';
      readonly usedWatches: number;
      readonly mostWatches: number;
      readonly watched: number;
      readonly wanted: number;
    }
  /** `code` is what the kernel answered: ENOSPC, EMFILE, ENFILE. */
  | { readonly kind: 'watch-limit'; readonly code: string; readonly watched: number }
  /** A directory below the watched ones cannot be read; others of the kind are not told. */
  | { readonly kind: 'unreadable'; readonly code: string }
  /** A file that grew is gone; what was written to it while no process watched is not known. Others are not told. */
  | { readonly kind: 'gone-unseen' }
  /** `code` where the system says why. */
  | { readonly kind: 'root-lost'; readonly trouble: RootTrouble; readonly code: string | undefined }
  | { readonly kind: 'root-back' };
