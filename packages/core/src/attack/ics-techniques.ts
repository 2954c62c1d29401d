// MITRE ATT&CK, ICS matrix as of version 18 (© The MITRE Corporation; used under the ATT&CK terms of use).
// Id, tactics (codes of tactics.ts), name.
export const icsTechniques = `
T0800 IR Activate Firmware Update Mode
T0801 CO Monitor Process State
T0802 CO Automated Collection
T0803 IR Block Command Message
T0804 IR Block Reporting Message
T0805 IR Block Serial COM
T0806 IC Brute Force I/O
T0807 EX Command-Line Interface
T0809 IR Data Destruction
T0811 CO Data from Information Repositories
T0812 LM Default Credentials
T0813 IM Denial of Control
T0814 IR Denial of Service
T0815 IM Denial of View
T0816 IR Device Restart/Shutdown
T0817 IA Drive-by Compromise
T0819 IA Exploit Public-Facing Application
T0820 EV Exploitation for Evasion
T0821 EX Modify Controller Tasking
T0822 IA External Remote Services
T0823 EX Graphical User Interface
T0826 IM Loss of Availability
T0827 IM Loss of Control
T0828 IM Loss of Productivity and Revenue
T0829 IM Loss of View
T0830 CO Adversary-in-the-Middle
T0831 IM Manipulation of Control
T0832 IM Manipulation of View
T0834 EX Native API
T0835 IR Manipulate I/O Image
T0836 IC Modify Parameter
T0837 IM Loss of Protection
T0838 IR Modify Alarm Settings
T0839 PE,IC Module Firmware
T0840 DI Network Connection Enumeration
T0842 DI Network Sniffing
T0843 LM Program Download
T0845 CO Program Upload
T0846 DI Remote System Discovery
T0847 IA Replication Through Removable Media
T0848 IA Rogue Master
T0849 EV Masquerading
T0851 EV,IR Rootkit
T0852 CO Screen Capture
T0853 EX Scripting
T0855 IC Unauthorized Command Message
T0856 EV,IC Spoof Reporting Message
T0857 PE,IR System Firmware
T0858 EX,EV Change Operating Mode
T0859 PE,LM Valid Accounts
T0860 IA Wireless Compromise
T0861 CO Point & Tag Identification
T0862 IA Supply Chain Compromise
T0863 EX User Execution
T0864 IA Transient Cyber Asset
T0865 IA Spearphishing Attachment
T0866 IA,LM Exploitation of Remote Services
T0867 LM Lateral Tool Transfer
T0868 CO Detect Operating Mode
T0869 C2 Standard Application Layer Protocol
T0871 EX Execution through API
T0872 EV Indicator Removal on Host
T0873 PE Project File Infection
T0874 EX,PR Hooking
T0877 CO I/O Image
T0878 IR Alarm Suppression
T0879 IM Damage to Property
T0880 IM Loss of Safety
T0881 IR Service Stop
T0882 IM Theft of Operational Information
T0883 IA Internet Accessible Device
T0884 C2 Connection Proxy
T0885 C2 Commonly Used Port
T0886 IA,LM Remote Services
T0887 DI,CO Wireless Sniffing
T0888 DI Remote System Information Discovery
T0889 PE Modify Program
T0890 PR Exploitation for Privilege Escalation
T0891 LM,PE Hardcoded Credentials
T0892 IR Change Credential
T0893 CO Data from Local System
T0894 EV System Binary Proxy Execution
T0895 EX Autorun Image
`;
