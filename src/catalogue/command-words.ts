/** The words of a command as the catalogue writes it: plain words and words in single or double quotes, no shell tricks. */
import { fromText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** Throws for a quote that does not end: a fault of the catalogue, found by its test. */
export function commandWords(command: string): ByteString[] {
  const words: ByteString[] = [];
  for (const [, single, double, plain] of command.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/gu))
    words.push(fromText(single ?? double ?? plain));
  if (command.replaceAll(/'[^']*'|"[^"]*"/gu, '').match(/['"]/u))
    throw new Error(`unfinished quotes: ${command}`);
  return words;
}
