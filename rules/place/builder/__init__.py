"""What `build_gazetteer.py` is made of: one module a source, and the tables written by hand as files beside them."""
