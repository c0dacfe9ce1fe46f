/** Whose a place is by its name. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { programPlaceOf } from '../../../src/explain/places/program-place.ts';
import { fromText, toText } from '../../../src/model/byte-string.ts';

const homes = [fromText('/root'), fromText('/srv/people/ann'), fromText('/')];

function said(path: string): string | undefined {
  const place = programPlaceOf(fromText(path), homes);
  return place && `${place.use} of ${toText(place.program)} in ${toText(place.path)}`;
}

suite('places of programs', () => {
  for (const [path, place] of [
    ['/var/spool/rsyslog/fwd.00000001', 'spool of rsyslog in /var/spool/rsyslog'],
    ['/var/lib/icinga2/api/log/1', 'state of icinga2 in /var/lib/icinga2'],
    ['/var/cache/bind/a.jnl', 'cache of bind in /var/cache/bind'],
    ['/var/ossec/queue/a', 'own of ossec in /var/ossec'],
    ['/usr/local/nagios/var/a', 'own of nagios in /usr/local/nagios'],
    ['/srv/people/ann/.cache/x/a', 'cache of x in /srv/people/ann/.cache/x'],
    ['/srv/people/ann/.thunderbird/a', 'own of thunderbird in /srv/people/ann/.thunderbird'],
    ['/home/of-nobody/.local/share/lutris/a', 'state of lutris in /home/of-nobody/.local/share/lutris'],
  ] as const)
    test(path, () => {
      assert.equal(said(path), place);
    });

  // Nobody's: what lies directly in such a directory, parts of the hierarchy, and what people call their own.
  for (const path of [
    '/var/lib/big.img',
    '/var/tmp/x/a',
    '/var/www/html/a',
    '/usr/local/bin/a',
    '/usr/local/share/x/a',
    '/home/ann/Videos/a.mkv',
    '/srv/data/a',
    '/root/.bash_history',
  ])
    test(`nobody's: ${path}`, () => {
      assert.equal(said(path), undefined);
    });
});
