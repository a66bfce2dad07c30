# What a virus scanner makes of files that people send
upload-infected = the virus scanner found { $found } in { $file }; nothing of the file was kept. Check the device that it comes from
upload-not-scanned = the virus scanner could not look at { $file } ({ $detail }), so it was not taken; try again, or send a smaller file
upload-scanner-away = the virus scanner does not answer, so { $file } was not taken; try again in some minutes
