backup-damaged = { $file } is damaged: it is not what was written. Nothing was changed; use another backup
backup-done = Backed up to { $file } ({ $size } MB, digest { $digest }…).
backup-file-exists = { $file } exists already; choose another name, or replace it with --force
backup-keep-safe = It holds all customer data and the secret key: keep it like a password, and a copy on another machine.
backup-newer = { $file } was written by a newer version; upgrade Evenhand first, then restore
backup-no-program = There is no { $name } of PostgreSQL { $value } or newer; run bin/setup, or install postgresql-client-{ $value }
backup-not-one = { $file } is no backup of Evenhand
backup-program-failed = { $name } did not succeed: { $detail }
doctor-broken = { $id } is not kept: { $promise } ({ $count })
doctor-decided-again = { $decisions } { $decisions ->
    [one] decision
   *[other] decisions
} in { $batches } { $batches ->
    [one] batch
   *[other] batches
} taken again from their receipts and compared.
doctor-deciding-again = Deciding again
doctor-differs = I5 is not kept: batch { $batch } is decided otherwise today than its receipts say ({ $detail })
doctor-ill = { $count ->
    [one] One promise is not kept, see above.
   *[other] { $count } promises are not kept, see above.
 } Make a backup first, then show the lines above to whoever maintains this.
doctor-over = Over capacity: { $name } carries { $items }, limit { $limit } ({ $causes }).
doctor-regions = The company's own file of regions cannot be used; the list before it stays in use:
doctor-address-away = What https shows at { $url } cannot be looked at from this machine: { $detail }.
doctor-address-old = At { $url } TLS 1.1 or older is spoken. Switch it off in the proxy (docs/operate/proxy.md).
doctor-address-soon = The certificate at { $url } ends in { $days } days and was not renewed. Look at what should renew it.
doctor-address-untrusted = This machine does not believe the certificate at { $url } ({ $detail }); browsers that know no other authority will not either. Get one from a public authority (docs/operate/proxy.md).
doctor-address-well = The certificate at { $url } is believed by this machine and good for { $days } more days; { $version } is spoken.
doctor-scanner-away = The virus scanner at { $place } does not answer: no file can be uploaded until it does. Start clamd, or mend EVENHAND_CLAMD.
doctor-scanner-none = No virus scanner is named (EVENHAND_CLAMD): files that people upload are not looked at for viruses.
doctor-scanner-there = Files that people upload are looked at by the virus scanner at { $place }, which answers.
doctor-well = { $count } promises checked, all kept.
operate-key-unknown = A secret was sealed with a key that is known no more: put it into EVENHAND_SECRET_KEY_OLD and run this again, or reset the two-step login of those people. Nothing was moved
operate-no-tables = The database has no tables yet; run bin/run first, or bin/evenhand migrate
restore-done = Restored { $file } (backed up at { $at }).
restore-in-use = { $count ->
    [one] One connection still uses
   *[other] { $count } connections still use
 } this database; stop Evenhand first, then restore
restore-key-differs = EVENHAND_SECRET_KEY is another key than the backup's: use the file secret_key of the data folder instead, or everybody has to set up two-factor login again.
restore-key-kept = The former key was kept as { $file }.
restore-not-empty = The database holds a company already, which a restore would replace. If you mean it, add --force; better make an evenhand backup first
restore-taken-back = A restore died on its way; what was there before it is back. Run the restore again if you still want it.
rotate-key-moved = { $count ->
    [one] One secret is
   *[other] { $count } secrets are
 } under the new key now.
rotate-key-done = Everybody logs in again. Start the server, and make a new backup.
rotate-key-remove-old = EVENHAND_SECRET_KEY_OLD can be removed from the environment now, on every host. Everybody logs in again; make a new backup.

invariant-assignment-has-receipt = every assignment has its receipt
invariant-balances-are-postings = the balances of the ledger are the sum of its postings
invariant-balances-fit-members = every column of the ledger belongs to a member
invariant-books-sum-to-zero = every grade of the ledger sums to zero
invariant-effects-are-delivered = notices and messages leave in time
invariant-intake-is-somewhere = every lead that came in is there
invariant-loads-are-recounts = what people carry equals its recount
invariant-one-answer = one request key has one answer
invariant-one-open-assignment = an item has one owner at a time
invariant-one-place = every item is in exactly one place
invariant-owner-is-assignment = the owner is whoever holds the assignment
invariant-postings-are-numbered = postings are numbered without a gap
invariant-team-paths = the team tree agrees with itself
invariant-fairness-days-are-postings = what was due and received per day equals its recount
invariant-rule-days-are-receipts = how often rules decided per day equals its recount
invariant-upheld-appeal-has-credit = every upheld appeal with points has exactly one credit, and no other appeal has any
invariant-pooled-item-has-stay = every item in a pool has one open stay, of that pool and since it came in
invariant-claims-a-day = nobody claimed more in a day than the rules of that day allowed
invariant-claims-held = nobody held more claimed items after a claim than the rules then allowed
invariant-claims-are-whole = every claim has its taker, his assignment and what it cost
doctor-recounted = { $count ->
    [one] Daily sums counted anew from { $count } posting.
   *[other] Daily sums counted anew from { $count } postings.
}
pools-none = The rules name no pool yet
pools-line = { $line } · { $pool }: { $lies } items, median age { $age } days; in the last { $days } days { $came } came, { $left } left, { $claimed } of them claimed
doctor-kept = { $id } is kept: { $promise } ({ $seconds } s)
doctor-no-such-promise = there is no promise called { $value }; the ids are { $known }, evenhand doctor --list has the names
doctor-recounted-loads = What people carry was counted anew; { $count } corrected.
invariant-owner-was-there = whoever was dealt something worked here then
backup-no-space = A copy needs about { $needed } MB in { $folder }, and { $free } MB are free; make room, or set TMPDIR to a larger disk
backup-part-exchanged = { $file }: its part { $name } is not the one that was written; it was damaged or exchanged. Nothing was changed; use another backup
backup-part-missing = { $file } lacks its part { $name }. Nothing was changed; use another backup
restore-differs = After restoring these tables do not hold what the backup noted: { $tables }. What was there before is back; use another backup
restore-drill-not-empty = The database for the drill must be empty, and this one has tables; make a new one with CREATE DATABASE
drill-asked = Asked a web server on the copy: { $count } requests answered ({ $seconds } s)
drill-backed-up = Backed up: { $size } MB ({ $seconds } s)
drill-bad = The backup is not good, see above ({ $seconds } s in all). Do not rely on it: find out why, and make another.
drill-compared = Compared: { $tables } tables, { $rows } rows, each as it was ({ $seconds } s)
drill-copy-stays = The copy stays in the database that was given; drop it when it is no longer needed.
drill-counted = Counted: { $tables } tables, { $rows } rows. This backup is of a version that noted no digests, so nothing could be compared ({ $seconds } s)
drill-examined = doctor: { $said } ({ $seconds } s)
drill-good = The backup of { $at } is good: restored, compared and answering in { $seconds } s.
drill-migrated = Brought the copy up to date ({ $seconds } s)
drill-place = Started a database of its own for the copy ({ $seconds } s)
drill-place-given = The database that was given is empty ({ $seconds } s)
drill-request-failed = { $path } answered { $status } on the copy
drill-restored = Restored ({ $seconds } s)
drill-table-added = Table { $table } is in the copy, and was not in the backup
drill-table-differs = Table { $table } differs: { $noted } rows in the backup, { $found } in the copy
drill-table-missing = Table { $table } is missing in the copy
drill-unpacked = Verified the file: { $parts } parts as they were written ({ $seconds } s)
drill-verified = verify: { $said } ({ $seconds } s)
doctor-drilled = A backup was last proved good { $days } { $days ->
    [one] day
   *[other] days
} ago (evenhand backup-drill).
