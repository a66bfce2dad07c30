unassigned-escalated = escalated to { $rep }, who has to decide
unassigned-handed-back = was just handed back and not dealt again yet
unassigned-no-rule = no rule covers it; add a last rule for everything else
unassigned-waiting = waits by rule “{ $rule }” until somebody can take it
unassigned-left-aside = came with a file and lies aside; it is dealt once it is released
unassigned-released = just released; it is dealt at once
