/** Actions as JSON: what programs decide by, and the line a person would paste. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { Action, Deed, Loss, Refusal, Remedy, Risk } from '../../model/action.ts';
import { freedText, lossText, refusalText } from '../words/actions.ts';
import { factsJson } from './facts.ts';
import type { FactsJson } from './facts.ts';

/** An action that passed the gate. */
export interface RemedyJson {
  /** What it does. */
  readonly kind: Action['kind'];
  readonly risk: Risk;
  /** What comes back, as statfs(2) will show it. */
  readonly frees: Action['frees'];
  readonly loses: Loss;
  /** What has to be there, or so, before. */
  readonly requires: {
    readonly root: boolean;
    /** The user whose it is, by whom it has to be run. */
    readonly user: string | null;
    /** Processes or units that must have ended. */
    readonly stopped: readonly string[];
    /** Room for a copy on another disk. */
    readonly otherDisk: boolean;
    /** A program it needs that is not installed. */
    readonly missingTool: string | null;
  };
  /** The command, word by word; null where it is none, or several. */
  readonly argv: readonly string[] | null;
  /** Their bytes, only where one of the words is no UTF-8. */
  readonly argvBase64?: readonly string[];
  /** All commands, one after the other. */
  readonly commands: readonly (readonly string[])[];
  /** For a shell, to paste. */
  readonly command: string | null;
  /** What belongs to the kind. */
  readonly details: FactsJson<DistributiveOmit<Deed, 'kind'>>;
  readonly text: string;
}

type DistributiveOmit<Whole, Key extends PropertyKey> = Whole extends unknown ? Omit<Whole, Key> : never;

/** An action that was kept back, and why. */
export type RefusalJson = FactsJson<Refusal> & { readonly text: string };

export function remedyJson({ action, commands, line, missingTool }: Remedy): RemedyJson {
  const { kind, frees, loses, risk, needs, ...deed } = action;
  const argv = commands.length === 1 ? commands[0] : undefined;
  const allText = argv === undefined || argv.every(isText);
  return {
    kind,
    risk,
    frees,
    loses,
    requires: {
      root: needs?.root ?? false,
      user: needs?.user === undefined ? null : toText(needs.user),
      stopped: (needs?.stopped ?? []).map(toText),
      otherDisk: needs?.otherDisk ?? false,
      missingTool: missingTool ?? null,
    },
    argv: argv === undefined ? null : argv.map(toText),
    commands: commands.map((words) => words.map(toText)),
    ...(allText ? {} : { argvBase64: argv.map((word) => toBuffer(word).toString('base64')) }),
    command: line ?? null,
    details: factsJson(deed),
    text: [freedText(action), lossText(loses)].filter((part) => part !== '').join('; '),
  };
}

export function refusalJson(refusal: Refusal): RefusalJson {
  return { ...factsJson(refusal), text: refusalText(refusal) };
}
