/** Rules of other programs that will stop the growth of a file, or cut it back, before the disk is full. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { GrowthCap } from '../../../model/growth-cap.ts';
import { readRotationRules } from '../../../system/services/logrotate.ts';
import type { RotationRule } from '../../../system/services/logrotate.ts';
import { containerCaps } from './containers.ts';
import { journaldCaps } from './journald.ts';
import { logrotateCaps } from './logrotate.ts';
import { Settings } from './settings.ts';

/** Settings are read anew after so long. */
const FRESH_SECONDS = 60;
const MOST_PATHS = 1000;

export class Caps {
  readonly #settings: Settings;
  readonly #known = new Map<
    ByteString,
    { readonly atSeconds: number; readonly caps: readonly GrowthCap[] }
  >();

  #rules: { readonly atSeconds: number; readonly rules: readonly RotationRule[] } | undefined;

  constructor(settings: Settings = new Settings()) {
    this.#settings = settings;
  }

  /** @param filesystemBytes the size of the file's filesystem. */
  of(path: ByteString, filesystemBytes: number, nowSeconds: number): readonly GrowthCap[] {
    const known = this.#known.get(path);
    if (known && nowSeconds - known.atSeconds < FRESH_SECONDS) return known.caps;
    const caps = [
      ...journaldCaps(path, filesystemBytes, this.#settings),
      ...containerCaps(path, this.#settings),
      ...logrotateCaps(path, nowSeconds, this.#rotationRules(nowSeconds), this.#settings),
    ];
    if (this.#known.size >= MOST_PATHS) this.#known.clear();
    this.#known.set(path, { atSeconds: nowSeconds, caps });
    return caps;
  }

  /** Dozens of files to read: the same for every log. */
  #rotationRules(nowSeconds: number): readonly RotationRule[] {
    if (!this.#rules || nowSeconds - this.#rules.atSeconds >= FRESH_SECONDS)
      this.#rules = { atSeconds: nowSeconds, rules: readRotationRules(this.#settings.root) };
    return this.#rules.rules;
  }
}
