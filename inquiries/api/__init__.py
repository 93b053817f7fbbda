"""The inquiries for programs."""
