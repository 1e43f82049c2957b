"""Every kind of question as the survey pages show it, and as their forms bring it back."""
