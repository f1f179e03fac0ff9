"""From opinion to issued text: projects, deadlines, work lists, and proof that the demand is gone.

``project`` and ``instrument`` hold what must be amended, by whom and by when; ``risk`` says what
will be late; ``worklist`` takes the Government's annex tables; ``closing`` holds an issued act (or
a draft) against the findings it should settle.
"""
