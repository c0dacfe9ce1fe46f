/** A unit with its verdict, before the owners' commands for it have passed the gate. */
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { TmpAdvice } from '../model/tmp-reason.ts';
import type { TmpUnit } from '../model/tmp-report.ts';

/** What would change a verdict; of the place of a known program only the place. */
export type ProposedAdvice =
  | Exclude<TmpAdvice, { readonly remedies: unknown }>
  | {
      readonly code: 'owner' | 'owner-can-too';
      readonly entry: CatalogueEntry;
      readonly place: ByteString;
    };

export type JudgedUnit = Omit<TmpUnit, 'advice'> & { readonly advice: ProposedAdvice | undefined };
