/** Values of options that are set elsewhere than on the command line. */
import type { ByteString } from '../../model/byte-string.ts';
import type { CommandName, OptionRow } from '../options/option-row.ts';

/** Where a value was set. */
export type SettingPlace =
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'variable'; readonly name: string };

export interface Setting {
  /** The option's name. */
  readonly name: string;
  /** Undefined for all commands that have the option. */
  readonly command: CommandName | undefined;
  /** As on the command line: none for a flag that is set. */
  readonly values: readonly ByteString[];
  /** False for a flag that is not to be set, whatever a lower place says. */
  readonly isSet: boolean;
  readonly place: SettingPlace;
}

/** A file that is there and was not read. */
export interface PassedOver {
  readonly path: string;
  /** `distrusted`: root runs the program, and another user can write it. */
  readonly why: 'distrusted' | 'unreadable';
}

export interface Settings {
  /** The first that fits counts: the environment, the user's file, the system's; what is for one command before the rest. */
  readonly all: readonly Setting[];
  readonly passedOver: readonly PassedOver[];
}

export const noSettings: Settings = { all: [], passedOver: [] };

export function isSettable({ isTyped }: OptionRow): boolean {
  return isTyped !== true;
}

/** What is set of an option for a command; undefined where nothing is. */
export function settingOf({ all }: Settings, command: CommandName, name: string): Setting | undefined {
  return all.find((one) => one.name === name && (one.command === undefined || one.command === command));
}

/** "/etc/diskwhy/config.toml:3" */
export function placeText(place: SettingPlace): string {
  return place.kind === 'file' ? `${place.path}:${place.line}` : place.name;
}
