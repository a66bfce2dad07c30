# Where a lead is and by what evidence; what is wrong with a file of divisions.

region-hint-province = The province
region-hint-city = The city
region-hint-county = The district or county
region-hint-region = The region
region-hint-address = The address
region-hint-postcode = The postcode
region-hint-phone = The phone
region-hint-country = The country
region-decree-state = by the State Council
region-decree-ministry = by the Ministry of Civil Affairs
region-decree-local = by local authorities
region-decree-company = by your own file of regions

region-said = { $hint } says “{ $written }”, which is { $place }
region-several = { $hint } says “{ $written }”, which may be { $places }
region-not-understood = { $hint } says “{ $written }”, which names no known place
region-number = { $hint } ({ $prefix }) belongs to { $places }
region-number-elsewhere = { $hint } ({ $prefix }) belongs to { $places }, not to { $written } as written; what is written counts
region-conflict = { $hint } says { $places }, { $other-hint } says { $other-places }: they contradict, and nothing is guessed
region-by-custom = A short name, by custom { $place }; others with that name: { $places }
region-re-ranked = “{ $written }” is { $place } today
region-renamed = { $old } was renamed in { $year } ({ $decree }) and is { $places } today
region-raised = { $old } was given another rank in { $year } ({ $decree }) and is { $places } today
region-merged = { $old } became part of { $places } in { $year } ({ $decree })
region-moved = { $old } has been { $places } since { $year } ({ $decree })
region-split = { $old } was dissolved in { $year } ({ $decree }); its parts are { $places }
region-country = The country says “{ $written }” ({ $country })
region-state = The state says “{ $written }”
region-zip = ZIP area { $zip } lies in { $states }

region-file-column-missing = { $file }: there is no column { $column }; the columns are code, name, aliases, became and year
region-file-too-large = { $file }: larger than { $limit } MB, which no list of divisions is; keep only the rows that add or change something
region-file-unreadable = { $file }, row { $row }: this cannot be read; save it as CSV in UTF-8, or as a JSON list of objects
region-row-code = { $file }, row { $row }, { $column }: “{ $value }” is no code of six digits, such as 330110
region-row-name = { $file }, row { $row }, { $column }: “{ $value }” is no name; write the full Chinese name, rank included
region-row-parent = { $file }, row { $row }, { $column }: “{ $value }” lies in a province that is not listed; add the province first
region-row-became = { $file }, row { $row }, { $column }: “{ $value }” is no code of a division of today; put | between several codes
region-row-year = { $file }, row { $row }, { $column }: “{ $value }” is no year; write four digits, such as 2027
region-row-repeated = { $file }, row { $row }, { $column }: “{ $value }” stands in row { $first-row } already; keep one

# evenhand regions
region-none = Not known
region-confidence-sure = sure
region-confidence-likely = likely
region-confidence-ambiguous = several places possible
region-confidence-unknown = nothing to go by
region-result = { $place }: { $confidence }
region-result-sure = Beyond doubt: { $place }
region-result-candidates = It may be: { $places }
region-file-fine = { $file } can be used: { $added } added, { $ended } ended, { $renamed } renamed
