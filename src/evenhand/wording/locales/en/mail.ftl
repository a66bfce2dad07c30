# Mail. `link` works once, for `hours`.
mail-invite-subject = { $company } invites you to Evenhand
mail-invite-text = Hello { $name },

    { $company } asks you to join Evenhand. Open this link to set a password. It works once, for { $hours } hours:

    { $link }

    If you do not know this company, ignore this mail.
mail-reset-subject = Set a new Evenhand password
mail-reset-text = Hello { $name },

    Open this link to set a new password. It works once, for { $hours } hours:

    { $link }

    If you did not ask for this, ignore this mail; your password stays as it is.
mail-anchor-subject = Evenhand: anchor of the journal up to position { $position }
mail-anchor-text = Keep this text. It is the signed head of the journal ({ $file }); with it anybody can show later that nothing up to there was changed.

    { $anchor }
mail-security-subject = Evenhand: about your login
mail-security-text = Hello { $name },

    { $what }

    When: { $at }

    If it was you, ignore this mail. If not, look at your logins here, and end all others:

    { $link }
mail-moved-subject = Evenhand: your login has another address
mail-moved-text = Hello { $name },

    your login at { $company } now has another mail address. This one gets no more messages and does not let you in.

    If you did not want that, ask an administrator at once.
