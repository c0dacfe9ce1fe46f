/** Where the browser's tree comes from, whatever that is. */
import type { BrowseState, Place, Question } from '../../browse/browse.ts';

/** Whom a source tells. */
export interface SourceHooks {
  readonly ask: (question: Question) => void;
  readonly change: (to: (state: BrowseState) => BrowseState) => void;
  readonly fail: (error: unknown) => void;
}

export interface BrowseSource {
  readonly start: (hooks: SourceHooks) => void;
  /** Brings one directory up to date. */
  readonly rescan: (place: Place) => void;
  readonly end: () => void;
}
