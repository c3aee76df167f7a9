"""Learned finders beside the rules: who and what is named in a sentence.

    words, tags → features → scores of labels → best paths → entities

`tagger.py` is the way through; `features.py` is shared by training and tagging. `network.py` reads the tags that another
network gives (accurate mode), `spacy_tagger.py` puts any spaCy pipeline in the tagger's place. `training.py`,
`evaluation.py` and `card.py` make the weights that ship, and say how good they are.
"""
