"""Pictures of the demo's products, drawn here: one thing on a table, in the seller's own light."""

from config.demo.drawing.scene import product_picture

__all__ = ["product_picture"]
