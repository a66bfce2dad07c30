# What imports refuse.
import-has-started = this import has started and cannot be changed any more
import-file-gone = the file was dropped (its time is over, or a person in it was erased); upload it again
import-name-missing = give it a name
import-platform-doubts = the platform itself doubts this one
import-test-row = a test or preview of the platform, no customer
import-no-file = choose a file
import-too-many-rows = too many rows: at most { $limit } at once, so divide the file
import-not-to-undo = only an import that is done or stopped can be undone
import-worked-on = somebody has worked on it: it stays
import-has-what-hangs-on-it = Something else hangs on it by now: it stays
import-no-item = There is no lead, company or opportunity that it belongs to
import-no-such-pool = The rules of the line have no pool “{ $value }”; choose again
import-was-there = It was here before the import: it stays
import-nobody-to-give-to = Choose to whom they go; he must be at work here
import-not-done = It is not done yet; only what took place is imported
