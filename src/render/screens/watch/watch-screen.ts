/** What `diskwhy watch` is drawn with: a screen that also knows the time of day and its height. */
import type { Screen } from '../../terminal/screen.ts';

export interface LineScreen extends Screen {
  /** East of UTC, for the time of day. */
  readonly zoneMinutes: number;
}

export interface WatchScreen extends LineScreen {
  readonly height: number;
}
