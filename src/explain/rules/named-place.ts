/** Which configuration of this machine names the place that a file lies in: the program that was told to write there. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { NamedPlace } from '../../model/findings/big-file.ts';
import { foreignRootOf, isSystemPlace } from '../../remedies/remedies.ts';
import { namedItselfIn, readPlaceConfiguration } from '../../system/services/named-in-configuration.ts';

/** Reads configuration when it is first asked: one is made per run. */
export class NamedPlaces {
  #configuration: ReturnType<typeof readPlaceConfiguration> | undefined;

  /** The file itself, or the nearest directory above it that anything names; another system's configuration is not asked. */
  of(path: ByteString): NamedPlace | undefined {
    if (foreignRootOf(path) !== undefined) return undefined;
    const configuration = (this.#configuration ??= readPlaceConfiguration());
    for (let place = path; !isSystemPlace(place); place = parentPath(place)) {
      const found = namedItselfIn(place, configuration);
      if (found !== undefined) return { place, configuration: found };
    }
    return undefined;
  }
}
