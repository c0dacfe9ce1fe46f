/** Gathers what is set beside the command line: the environment, then the user's file, then the system's. */
import { settingsOfEnvironment } from './settings-environment.ts';
import { settingsOfFile } from './settings-file.ts';
import { readTrusted } from './read-trusted.ts';
import type { PassedOver, Setting, Settings } from './setting.ts';

const SYSTEM_FILE = '/etc/diskwhy/config.toml';

/** Throws UsageError for what cannot be meant. @param uid who runs the program. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  uid: number,
  systemFile = SYSTEM_FILE,
): Settings {
  const all: Setting[] = settingsOfEnvironment(environment);
  const passedOver: PassedOver[] = [];
  for (const file of [userFile(environment), systemFile]) {
    if (file === undefined) continue;
    const found = readTrusted(file, uid);
    if (found === 'absent') continue;
    if (typeof found === 'string') passedOver.push({ path: file, why: found });
    else all.push(...settingsOfFile(file, found.text));
  }
  return { all, passedOver };
}

/** The XDG base directory specification: a relative path is to be ignored. */
function userFile({
  XDG_CONFIG_HOME,
  HOME,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = HOME?.startsWith('/') ? `${HOME}/.config` : undefined;
  const directory = XDG_CONFIG_HOME?.startsWith('/') ? XDG_CONFIG_HOME : home;
  return directory === undefined ? undefined : `${directory}/diskwhy/config.toml`;
}
