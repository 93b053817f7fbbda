from .calendars import CalendarDay, TimerRun, TimerState

__all__ = ["CalendarDay", "TimerRun", "TimerState"]
