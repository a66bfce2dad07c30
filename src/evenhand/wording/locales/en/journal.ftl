# The sealed journal: verify, export, anchors, doctor.
doctor-seals = Journal: { $count } events sealed, the last { $seconds } seconds ago; newest anchor: { $day }.
doctor-seals-ill = I6 is not kept: { $what }
invariant-journal-is-sealed = every event is sealed within a minute while a worker runs
invariant-seals-are-numbered = seals follow one another without a gap
journal-anchored = Anchor put down: { $file }. Give the auditor this public key once: { $key }
journal-exported = { $count } events written to { $file }. Verify them anywhere with verify_alone.py.
journal-nothing-sealed = Nothing is sealed yet; a worker does it within seconds (bin/run)
verify-anchor = Anchor { $name } says otherwise at position { $position } (event { $event }): what is sealed up to there was written anew
verify-changed = Event { $event } (position { $position }) was changed
verify-cut = The end was cut off: positions { $position } to { $until } (event { $event }) are gone; anchor { $name } knows them. After restoring an older backup that is so: move the anchor into a folder of its own
verify-digest = The digest of event { $event } (position { $position }) was changed, not the event
verify-ill = { $count ->
    [one] One finding, above. Keep the database as it is, and compare it with a backup.
   *[other] { $count } findings, the first above. Keep the database as it is, and compare it with a backup.
}
verify-inserted = Event { $event } was inserted between positions { $position } and { $until }
verify-key = Anchor { $name } cannot be trusted: damaged, or signed with another key. If it is one of yours, name it with --key
verify-missing = Event { $event } (position { $position }) is gone
verify-resumed = Went on behind position { $position }, where the run before stopped.
verify-seal = Seal { $name } (from position { $position }) was changed
verify-seals-missing = Seals { $name } are gone: positions { $position } to { $until }
verify-verifying = Verifying
verify-well = { $events } events in { $seals } seals verified, { $anchors } anchors agree.
web-event-journal-anchored = Head of the journal put down outside
