"""Second computations of whole appraisal systems, written from the specification and not from the product."""
