unassigned-escalated = escalated to { $rep }, who has to decide
unassigned-handed-back = was just handed back and not dealt again yet
unassigned-no-rule = no rule covers it; add a last rule for everything else
unassigned-waiting = waits by rule “{ $rule }” until somebody can take it
