"""What one poll of a feed means for the next one. Pure: answers, states and times in, states and times out.

``schedule`` says when, ``failures`` how bad it is, ``moves`` which address,
``alarms`` what a person should look at, ``outcome`` puts them together.
"""
