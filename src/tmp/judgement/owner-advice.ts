/** What owners can do about their places: the catalogue's commands, through the gate, as the user whom the place belongs to. */
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Remedy } from '../../model/action.ts';
import type { TmpAdvice } from '../../model/tmp-reason.ts';
import { blankCommandOf, inspectActions, ownerActions, settle } from '../../remedies/remedies.ts';
import type { World } from '../../remedies/remedies.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import type { Candidate } from '../units/units.ts';
import type { JudgedUnit, ProposedAdvice } from '../judged-unit.ts';

/** One is made per report: thousands of units may lie in one place. */
export class OwnerAdvice {
  readonly #world: World;
  readonly #accounts: readonly UserAccount[];
  readonly #settled = new Map<string, readonly Remedy[]>();

  constructor(world: World, accounts: readonly UserAccount[]) {
    this.#world = world;
    this.#accounts = accounts;
  }

  of({ advice, path, freeableBytes }: JudgedUnit): TmpAdvice | undefined {
    if (advice === undefined || !('entry' in advice)) return advice;
    const { code, entry, place } = advice;
    // A unit is often but a part of the place.
    const remedies = this.#remedies(entry, place, place === path ? freeableBytes : undefined);
    if (code === 'owner') {
      const note = entry.advice ?? entry.traps?.[0];
      return { code, note, blankCommand: blankCommandOf(entry), remedies };
    }
    return remedies.length > 0 ? { code, remedies } : undefined;
  }

  #remedies(entry: CatalogueEntry, place: ByteString, bytes: number | undefined): readonly Remedy[] {
    const key = `${entry.id} ${place}`;
    let remedies = this.#settled.get(key);
    if (remedies === undefined) {
      const actions = [...ownerActions(entry, place, this.#accounts, bytes), ...inspectActions(entry)];
      ({ remedies } = settle(
        actions,
        { paths: [place], risk: entry.class === 'A' ? 'safe' : 'review' },
        this.#world,
      ));
      this.#settled.set(key, remedies);
    }
    return remedies;
  }
}

/** What may go, and lies in the place of a program that has a command for it. */
export function ownerCanToo({ entry, path }: Candidate): ProposedAdvice | undefined {
  return entry?.command === undefined ? undefined : { code: 'owner-can-too', entry, place: path };
}
