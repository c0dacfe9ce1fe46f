/** Actions as JSON: what programs decide by, and the line a person would paste. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { Refusal, Remedy } from '../../model/action.ts';
import { freedText, lossText, refusalText } from '../words/actions.ts';
import { factsJson } from './facts.ts';

export function remedyJson({ action, commands, line, missingTool }: Remedy): object {
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

export function refusalJson(refusal: Refusal): object {
  return { ...factsJson(refusal), text: refusalText(refusal) };
}
