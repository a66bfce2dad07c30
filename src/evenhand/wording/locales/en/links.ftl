link-nobody = There is no such person, or the person is deactivated
link-not-a-demo = Login links are for the demo company only; use evenhand reset-link
link-set-up-already = The company is set up already; please log in
link-unusable = This link was used or has expired; ask an administrator for a new one
